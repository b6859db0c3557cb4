// A reader on the codec of npm llrpjs: it answers what a client asks, prints what it understood, one line of JSON each, and reports
// two tags again and again. Its first line is its port. Of LLRP 1.1, which the codec does not know, it has the agreement on a version
// (messages 46 and 47, chapter 9 of LLRP 1.1) where its argument is 1.1; else it refuses that as a reader of 1.0.1 does.
const net = require('net');
const { LLRPCore, LLRPMessage } = require('llrpjs');

const parked = 'E28068940000501234567890';
const long = '3674257BF7194E4000001A8533221100AABB';
const headerBytes = 10;
const speaks11 = process.argv[2] === '1.1';
const success = { LLRPStatus: { StatusCode: 'M_Success', ErrorDescription: '' } };
const abilities = {
  ...success,
  GeneralDeviceCapabilities: {
    MaxNumberOfAntennaSupported: 2, CanSetAntennaProperties: false, HasUTCClockCapability: true,
    DeviceManufacturerName: 32473, ModelName: 7, ReaderFirmwareVersion: 'llrpjs',
    ReceiveSensitivityTableEntry: { Index: 1, ReceiveSensitivityValue: 0 },
    GPIOCapabilities: { NumGPIs: 1, NumGPOs: 1 },
    PerAntennaAirProtocol: { AntennaID: 1, ProtocolID: ['EPCGlobalClass1Gen2'] },
  },
  RegulatoryCapabilities: {
    CountryCode: 156, CommunicationsStandard: 'Unspecified',
    UHFBandCapabilities: {
      TransmitPowerLevelTableEntry: [{ Index: 1, TransmitPowerValue: 1000 }, { Index: 2, TransmitPowerValue: 2500 }, { Index: 3, TransmitPowerValue: 3000 }],
      FrequencyInformation: { Hopping: true, FrequencyHopTable: { HopTableID: 1, Frequency: [920625, 922125] } },
      C1G2UHFRFModeTable: {
        C1G2UHFRFModeTableEntry: {
          ModeIdentifier: 0, DRValue: 'DRV_8', EPCHAGTCConformance: false, MValue: 'MV_FM0', ForwardLinkModulation: 'PR_ASK',
          SpectralMaskIndicator: 'Unknown', BDRValue: 40000, PIEValue: 1500, MinTariValue: 6250, MaxTariValue: 25000, StepTariValue: 0,
        },
      },
    },
  },
};
const settings = {
  ...success,
  AntennaProperties: [1, 2].map(port => ({ AntennaConnected: true, AntennaID: port, AntennaGain: 600 })),
  AntennaConfiguration: [1, 2].map(port => ({ AntennaID: port, RFTransmitter: { HopTableID: 1, ChannelIndex: 1, TransmitPower: 3 } })),
  GPIPortCurrentState: { GPIPortNum: 1, Config: true, State: 'High' },
};

net.createServer(socket => {
  let rest = Buffer.alloc(0), version = 1, roSpec, pending, accessSpec, reads = 0;
  const pieces = [];
  const timers = [setInterval(() => { if (pieces.length && socket.writable) socket.write(pieces.shift()); }, 1)];
  const send = (name, data, id) => write(new LLRPCore[name]({ id, data }).encode().getBuffer());
  const write = bytes => {
    bytes[0] = (bytes[0] & 0xE3) | (version << 2);
    pieces.push(bytes.subarray(0, headerBytes - 3), bytes.subarray(headerBytes - 3));
  };
  const agree = (type, asked, id) => {
    console.log(JSON.stringify({ type: type === 46 ? 'GET_SUPPORTED_VERSION' : 'SET_PROTOCOL_VERSION', version: (asked[0] >> 2) & 7 }));
    if (!speaks11)
      return send('ERROR_MESSAGE', { LLRPStatus: { StatusCode: 'M_UnsupportedVersion', ErrorDescription: '' } }, id);
    const status = new LLRPCore.SET_READER_CONFIG_RESPONSE({ id, data: success }).encode().getBuffer().subarray(headerBytes);
    const body = type === 46 ? Buffer.concat([Buffer.from([version, 2]), status]) : status;
    const header = Buffer.alloc(headerBytes);
    header.writeUInt16BE(type + 10, 0);
    header.writeUInt32BE(headerBytes + body.length, 2);
    header.writeUInt32BE(id, 6);
    if (type === 47)
      version = asked[headerBytes];
    write(Buffer.concat([header, body]));
  };
  const report = () => send('RO_ACCESS_REPORT', {
    TagReportData: [tag({ EPC_96: { EPC: parked } }, 1, -58), tag({ EPCData: { EPC: long } }, 2, -61)],
  }, ++reads);
  const tag = (identity, antenna, rssi) => ({
    ...identity, AntennaID: { AntennaID: antenna }, PeakRSSI: { PeakRSSI: rssi },
    FirstSeenTimestampUTC: { Microseconds: new Date() }, LastSeenTimestampUTC: { Microseconds: new Date() }, TagSeenCount: { TagCount: 1 },
    ...(accessSpec && identity.EPC_96 ? {
      AccessSpecID: { AccessSpecID: accessSpec.AccessSpecID },
      C1G2ReadOpSpecResult: { Result: 'Success', OpSpecID: accessSpec.AccessCommand.C1G2Read.OpSpecID, ReadData: 'E2801190200078D1' },
    } : {}),
  });
  const answers = {
    GET_READER_CAPABILITIES: () => abilities,
    GET_READER_CONFIG: () => settings,
    SET_READER_CONFIG: data => {
      if (data.KeepaliveSpec)
        timers.push(setInterval(() => send('KEEPALIVE', {}, ++reads), data.KeepaliveSpec.PeriodicTriggerValue));
      return success;
    },
    ADD_ROSPEC: data => { roSpec = data.ROSpec; return success; },
    GET_ROSPECS: () => ({ ...success, ...(roSpec ? { ROSpec: roSpec } : {}) }),
    ADD_ACCESSSPEC: data => { pending = data.AccessSpec; return success; },
    ENABLE_ACCESSSPEC: () => { accessSpec = pending; return success; },
    DELETE_ACCESSSPEC: () => { accessSpec = undefined; return success; },
    ENABLE_ROSPEC: () => { timers.push(setInterval(report, 100)); return success; },
  };
  socket.on('error', () => {});
  socket.on('close', () => { timers.forEach(clearInterval); console.log(JSON.stringify({ type: 'hung up' })); });
  socket.on('data', data => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= headerBytes && rest.length >= rest.readUInt32BE(2)) {
      const frame = rest.subarray(0, rest.readUInt32BE(2)), type = frame.readUInt16BE(0) & 0x3FF;
      rest = rest.subarray(frame.length);
      if (type === 46 || type === 47) {
        agree(type, frame, frame.readUInt32BE(6));
        continue;
      }
      const spoken = (frame[0] >> 2) & 7;
      frame[0] = (frame[0] & 0xE3) | (1 << 2); // What both versions share, the codec reads in the older one only.
      const message = new LLRPMessage(frame).decode();
      const said = message.toLLRPData();
      console.log(JSON.stringify({ ...said, version: spoken }));
      const answer = message.getResponseName();
      if (answer)
        send(answer, (answers[said.type] ?? (() => success))(said.data), said.id);
      if (said.type === 'CLOSE_CONNECTION')
        timers.push(setInterval(() => { if (!pieces.length) socket.end(); }, 10));
    }
  });
  send('READER_EVENT_NOTIFICATION', {
    ReaderEventNotificationData: { UTCTimestamp: { Microseconds: new Date() }, ConnectionAttemptEvent: { Status: 'Success' } },
  }, 0);
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
