// Drives a board with the public client library: one call a line of the answer, as JSON. Arguments: port, serial.
const uhppoted = require('uhppoted')

const [port, serial, listenPort] = process.argv.slice(2).map(Number)
const board = `127.0.0.1:${port}`
const config = new uhppoted.Config('test', '127.0.0.1', board, `127.0.0.1:${listenPort}`, 2000, [], false)
const ctx = { config: config }
const say = (name, value) => console.log(name + ' ' + JSON.stringify(value))

const steps = {
  devices: () => uhppoted.getDevices(ctx),
  device: () => uhppoted.getDevice(ctx, serial),
  setTime: () => uhppoted.setTime(ctx, serial, '2026-05-04 12:34:56'),
  getTime: () => uhppoted.getTime(ctx, serial),
  setDoor: () => uhppoted.setDoorControl(ctx, serial, 3, 7, 'normally closed'),
  getDoor: () => uhppoted.getDoorControl(ctx, serial, 3),
  special: () => uhppoted.recordSpecialEvents(ctx, serial, true),
  profile: () => uhppoted.setTimeProfile(ctx, serial, {
    id: 29,
    valid: { from: '2026-01-01', to: '2026-12-31' },
    weekdays: ['Monday', 'Wednesday'],
    segments: [{ start: '08:30', end: '11:45' }, { start: '13:15', end: '17:25' }],
    linkedTo: 30
  }),
  getProfile: () => uhppoted.getTimeProfile(ctx, serial, 29),
  noProfile: () => uhppoted.getTimeProfile(ctx, serial, 31),
  put1: () => uhppoted.putCard(ctx, serial, 8165538, '2026-01-01', '2026-12-31', { 1: true, 2: false, 3: 29, 4: true }),
  put2: () => uhppoted.putCard(ctx, serial, 4294967294, '2026-01-01', '2100-02-28', { 1: true, 2: true, 3: true, 4: true }),
  cards: () => uhppoted.getCards(ctx, serial),
  card: () => uhppoted.getCard(ctx, serial, 8165538),
  noCard: () => uhppoted.getCard(ctx, serial, 1),
  at2: () => uhppoted.getCardByIndex(ctx, serial, 2),
  listener: () => uhppoted.setListener(ctx, serial, '127.0.0.1', listenPort),
  getListener: () => uhppoted.getListener(ctx, serial),
  open: () => uhppoted.openDoor(ctx, serial, 1),
  openClosed: () => uhppoted.openDoor(ctx, serial, 3),
  status: () => uhppoted.getStatus(ctx, serial),
  events: () => uhppoted.getEvents(ctx, serial),
  event: () => uhppoted.getEvent(ctx, serial, 1),
  noEvent: () => uhppoted.getEvent(ctx, serial, 99),
  setIndex: () => uhppoted.setEventIndex(ctx, serial, 2),
  getIndex: () => uhppoted.getEventIndex(ctx, serial),
  addTask: () => uhppoted.addTask(ctx, serial, {
    task: 'enable time profile', door: 4, valid: { from: '2026-01-01', to: '2026-12-31' }, weekdays: ['Sunday'], start: '08:30', cards: 0
  }),
  refreshTasks: () => uhppoted.refreshTaskList(ctx, serial),
  clearTasks: () => uhppoted.clearTaskList(ctx, serial),
  deleteCard: () => uhppoted.deleteCard(ctx, serial, 8165538),
  deletedAt1: () => uhppoted.getCardByIndex(ctx, serial, 1),
  clearProfiles: () => uhppoted.clearTimeProfiles(ctx, serial),
  deleteCards: () => uhppoted.deleteCards(ctx, serial),
  cardsNow: () => uhppoted.getCards(ctx, serial)
}

async function main () {
  const heard = []
  const listening = uhppoted.listen(ctx, event => heard.push(event.state.event.index), error => say('listenError', error.message))
  for (const [name, step] of Object.entries(steps)) {
    try {
      say(name, await step())
    } catch (error) {
      say(name, { error: error.message })
    }
  }
  for (let i = 0; heard.length < 2 && i < 400; i++) {
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  say('heard', heard)
  listening.close()
}

main()
