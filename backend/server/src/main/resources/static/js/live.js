// Parts of a page that follow what happens: the server says that something changed, the part is fetched anew.
(function () {
  function follow(part) {
    const live = document.getElementById('lines') ? null : document.getElementById('live');
    let fetching = false;
    let again = false;

    function tell(state) {
      if (live) {
        live.dataset.state = state;
        live.textContent = live.dataset[state];
      }
    }

    // What somebody has opened or shut stays so.
    function replace(html) {
      const open = new Map();
      part.querySelectorAll('details[id]').forEach(function (each) { open.set(each.id, each.open); });
      part.innerHTML = html;
      if (window.htmx) {
        window.htmx.process(part);
      }
      part.querySelectorAll('details[id]').forEach(function (each) {
        if (open.has(each.id)) {
          each.open = open.get(each.id);
        }
      });
    }

    function fetchPart() {
      if (fetching) {
        again = true;
        return;
      }
      fetching = true;
      fetch(part.dataset.part, { headers: { Accept: 'text/html' } })
        .then(function (answer) {
          // An answer from elsewhere is the log-in page.
          return answer.ok && !answer.redirected ? answer.text() : null;
        })
        .then(function (html) {
          if (html !== null) {
            replace(html);
          }
        })
        .catch(function () { tell('off'); })
        .finally(function () {
          fetching = false;
          if (again) {
            again = false;
            fetchPart();
          }
        });
    }

    function open() {
      const source = new EventSource(part.dataset.live);
      source.onopen = function () { tell('on'); };
      source.onerror = function () {
        tell('off');
        // The browser gives up for good on an answer that is no stream, such as the log-in page.
        if (source.readyState === EventSource.CLOSED) {
          source.close();
          setTimeout(open, 3000);
        }
      };
      source.addEventListener('changed', fetchPart);
      addEventListener('pagehide', function () { source.close(); });
    }
    open();
  }
  document.querySelectorAll('[data-live]').forEach(follow);
})();
