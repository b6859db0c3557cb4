import { html } from '../../vendor/ui.js';
import { send } from '../../lib/api.js';
import { restore } from '../../lib/configuration.js';
import { say } from '../../lib/i18n.js';
import { Card, Field, Form } from '../../lib/parts.js';

// The browser saves what it was given, as if it came from a server.
function save(text, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function Backup() {
  const make = async ({ password }) => save(JSON.stringify(await send('POST', 'api/backup', { password }), null, 2), `bayedge-backup-${new Date().toISOString().slice(0, 10)}.json`);
  const take = async ({ file, password }) => {
    let backup = null;
    try {
      backup = JSON.parse(await file.text());
    } catch {
      // The device says that this is no backup.
    }
    await restore(backup, password);
    location.hash = '#/settings/history';
  };
  return html`
    <${Card} title=${say('makeBackup')}><p>${say('backupText')}</p>
      <${Form} submit=${make} label=${say('download')}><${Field} name="password" label=${say('backupPassword')} help=${say('backupPasswordHelp')} type="password" autocomplete="new-password" /><//><//>
    <${Card} title=${say('restoreBackup')}><p>${say('restoreText')}</p>
      <${Form} submit=${take} label=${say('restore')}><${Field} name="file" label=${say('backupFile')} type="file" accept=".json,application/json" required />
      <${Field} name="password" label=${say('backupPassword')} type="password" autocomplete="off" /><//><//>`;
}
