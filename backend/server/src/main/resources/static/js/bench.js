// The hand at the bench: a card tapped at a door is held there for a moment and taken away again.
(function () {
  const HOLD_MILLIS = 1500;
  document.body.addEventListener('htmx:afterRequest', function (event) {
    const reader = event.detail.elt.dataset ? event.detail.elt.dataset.tap : '';
    if (!reader || !event.detail.successful) {
      return;
    }
    setTimeout(function () {
      htmx.ajax('POST', '/bench/lift', {
        target: '#bench-board', swap: 'outerHTML', values: { reader: reader }
      });
    }, HOLD_MILLIS);
  });
})();
