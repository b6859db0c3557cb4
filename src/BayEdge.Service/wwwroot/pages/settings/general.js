import { html } from '../../vendor/ui.js';
import { say } from '../../lib/i18n.js';
import { Field, Form } from '../../lib/parts.js';

export function General({ now, saveDocument }) {
  const save = values => saveDocument({ ...now, ...values }, say('settings.general'));
  return html`<${Form} submit=${save} label=${say('save')}>
    <${Field} name="site" label=${say('site')} help=${say('siteHelp')} defaultValue=${now.site ?? ''} required pattern="[A-Za-z0-9._\\-]{1,64}" />
    <${Field} name="device" label=${say('device')} help=${say('deviceHelp')} defaultValue=${now.device ?? ''} required pattern="[A-Za-z0-9._\\-]{1,64}" />
    <label>${say('deviceLanguage')}<select name="language"><option value="zh-CN" selected=${now.language !== 'en'}>中文</option><option value="en" selected=${now.language === 'en'}>English</option></select></label>
    <label>${say('plateRegion')}<select name="plateRegion">${['cn', 'eu', 'us', 'br'].map(region => html`<option value=${region} selected=${(now.plateRegion ?? 'cn') === region}>${say(`region.${region}`)}</option>`)}</select></label>
  <//>`;
}
