// The live wall: one EventSource; the browser itself comes back with Last-Event-ID, so that nothing is missed.
(function () {
  const MOST_LINES = 300;
  const lines = document.getElementById('lines');
  const devices = document.getElementById('devices');
  const live = document.getElementById('live');
  if (!lines || !live) {
    return;
  }
  let newest = Number(lines.dataset.after);

  function cell(text) {
    const td = document.createElement('td');
    td.textContent = text;
    return td;
  }

  function row(line) {
    const tr = document.createElement('tr');
    tr.className = 'wall-' + line.tone.toLowerCase() + ' wall-new';
    tr.dataset.position = line.position;
    tr.dataset.group = line.group;
    tr.dataset.times = line.times;
    const time = document.createElement('td');
    const clock = document.createElement('time');
    clock.textContent = line.time;
    clock.title = line.date;
    time.append(clock);
    const what = document.createElement('td');
    const word = document.createElement('span');
    word.className = 'wall-what';
    word.textContent = line.what;
    what.append(word);
    const detail = cell(line.detail);
    if (line.decided) {
      const why = document.createElement('a');
      why.className = 'wall-why';
      why.href = lines.dataset.why + line.position;
      why.textContent = lines.dataset.whyWord;
      detail.append(' ', why);
    }
    tr.append(time, what, cell(line.where), cell(line.who), detail);
    return tr;
  }

  // Equal technical events in a row become one line, as the server folds those of the first page.
  function sameTechnical(older, newer) {
    return [older, newer].every(function (tr) { return tr.dataset.group === 'TECHNICAL'; })
      && older.querySelector('.wall-what').textContent === newer.querySelector('.wall-what').textContent
      && older.cells[2].textContent === newer.cells[2].textContent;
  }

  function count(tr, times) {
    const mark = document.createElement('span');
    mark.className = 'wall-times';
    mark.textContent = '×' + times;
    tr.dataset.times = times;
    tr.cells[1].append(mark);
  }

  function show(line) {
    if (line.position <= newest) {
      return;
    }
    newest = line.position;
    const fresh = row(line);
    const top = lines.rows[0];
    if (top && sameTechnical(top, fresh)) {
      count(fresh, Number(top.dataset.times) + 1);
      top.replaceWith(fresh);
    } else {
      lines.prepend(fresh);
    }
    while (lines.rows.length > MOST_LINES) {
      lines.deleteRow(-1);
    }
    document.getElementById('no-lines').hidden = true;
  }

  function small(text, className) {
    const element = document.createElement('small');
    element.className = className;
    element.textContent = text;
    return element;
  }

  function deviceItem(device) {
    const item = document.createElement('div');
    item.className = 'list-group-item wall-device';
    item.dataset.device = device.number;
    item.dataset.up = device.up;
    const head = document.createElement('div');
    head.className = 'wall-device-head';
    const name = document.createElement('strong');
    name.textContent = device.name;
    const state = document.createElement('span');
    state.className = 'badge wall-state';
    state.textContent = device.state;
    head.append(name, state);
    const facts = [];
    if (device.since) {
      facts.push(devices.dataset.since + device.since);
    }
    facts.push(devices.dataset.lists + device.lists);
    if (device.unsent >= 0) {
      facts.push(devices.dataset.unsent + device.unsent);
    }
    item.append(head, small(facts.join(' · '), 'text-secondary'));
    if (device.faults) {
      item.append(small(device.faults, 'text-danger d-block'));
    }
    return item;
  }

  function tell(state) {
    live.dataset.state = state;
    live.textContent = live.dataset[state];
  }

  function open() {
    const source = new EventSource(lines.dataset.stream + '&after=' + newest);
    source.onopen = function () { tell('on'); };
    source.onerror = function () {
      tell('off');
      // The browser gives up for good on an answer that is no stream, such as the log-in page.
      if (source.readyState === EventSource.CLOSED) {
        source.close();
        setTimeout(open, 3000);
      }
    };
    source.addEventListener('line', function (event) { show(JSON.parse(event.data)); });
    source.addEventListener('devices', function (event) {
      devices.replaceChildren(...JSON.parse(event.data).map(deviceItem));
    });
    addEventListener('pagehide', function () { source.close(); });
  }
  open();
})();
