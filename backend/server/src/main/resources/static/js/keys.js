// Pages of the keys: what is secret shows only while its button is held down; a component stays in the browser until all
// custodians have committed to theirs.
(function () {
  function holds(button) {
    const target = document.getElementById(button.dataset.hold);
    function show(shown) {
      if (target.tagName === 'INPUT') {
        target.type = shown ? 'text' : 'password';
      } else {
        target.classList.toggle('keys-shown', shown);
      }
      button.setAttribute('aria-pressed', String(shown));
    }
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('pointerdown', function () { show(true); });
    button.addEventListener('keydown', function (event) {
      if (event.key === ' ' || event.key === 'Enter') {
        event.preventDefault();
        show(true);
      }
    });
    ['pointerup', 'pointerleave', 'pointercancel', 'keyup', 'blur'].forEach(function (name) {
      button.addEventListener(name, function () { show(false); });
    });
    addEventListener('blur', function () { show(false); });
  }
  document.querySelectorAll('[data-hold]').forEach(holds);
  document.querySelectorAll('[data-print]').forEach(function (button) {
    button.addEventListener('click', function () { print(); });
  });
  // A page that is left and gone back to shows no secret again.
  addEventListener('pagehide', function () {
    document.querySelectorAll('.keys-secret').forEach(function (each) { each.textContent = ''; });
    document.querySelectorAll('input[type=password]').forEach(function (each) { each.value = ''; });
  });

  // ---- SM3, GB/T 32905 ----
  function sm3(bytes) {
    const blocks = ((bytes.length + 8) >> 6) + 1;
    const padded = new Uint8Array(blocks * 64);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length * 8);
    let v = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
    for (let at = 0; at < padded.length; at += 64) {
      v = compress(v, view, at);
    }
    const out = new DataView(new ArrayBuffer(32));
    v.forEach(function (word, i) { out.setUint32(4 * i, word >>> 0); });
    return new Uint8Array(out.buffer);
  }

  function left(x, n) {
    return n % 32 === 0 ? x : (x << n % 32) | (x >>> (32 - n % 32));
  }

  function compress(v, view, at) {
    const w = [];
    for (let j = 0; j < 16; j++) {
      w[j] = view.getUint32(at + 4 * j);
    }
    for (let j = 16; j < 68; j++) {
      const x = w[j - 16] ^ w[j - 9] ^ left(w[j - 3], 15);
      w[j] = x ^ left(x, 15) ^ left(x, 23) ^ left(w[j - 13], 7) ^ w[j - 6];
    }
    let [a, b, c, d, e, f, g, h] = v;
    for (let j = 0; j < 64; j++) {
      const early = j < 16;
      const ss1 = left((left(a, 12) + e + left(early ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
      const ss2 = ss1 ^ left(a, 12);
      const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) | 0;
      const tt2 = (gg + h + ss1 + w[j]) | 0;
      d = c; c = left(b, 9); b = a; a = tt1;
      h = g; g = left(f, 19); f = e; e = tt2 ^ left(tt2, 9) ^ left(tt2, 17);
    }
    return [a, b, c, d, e, f, g, h].map(function (word, i) { return word ^ v[i]; });
  }

  function hex(bytes) {
    return Array.from(bytes, function (each) { return each.toString(16).padStart(2, '0'); }).join('');
  }

  function fromHex(text) {
    return Uint8Array.from(text.match(/../g), function (each) { return parseInt(each, 16); });
  }

  // ---- the component: docs/keys.md#ceremony ----
  function plain(typed) {
    const small = typed.replace(/[ \t\r\n]/g, '').replace(/[A-Z]/g, function (each) { return each.toLowerCase(); });
    const right = /^[\x21-\x7e]{32,256}$/.test(small) && new Set(small).size >= 5;
    return right ? small : null;
  }

  function commitment(id, custodian, salt, component) {
    const text = new TextEncoder();
    return sm3(Uint8Array.from([...text.encode('ZTC0'), ...id, custodian, ...salt, ...text.encode(component)]));
  }

  const form = document.getElementById('commit');
  if (form) {
    const shown = document.getElementById('drawn');
    const component = document.getElementById('component');
    document.getElementById('draw').addEventListener('click', function () {
      const digits = hex(crypto.getRandomValues(new Uint8Array(32)));
      component.value = digits;
      shown.textContent = digits.match(/.{4}/g).join(' ');
      document.getElementById('slip').hidden = false;
    });
    component.addEventListener('input', function () {
      component.setCustomValidity(plain(component.value) === null ? component.dataset.rule : '');
    });
    form.addEventListener('submit', function (event) {
      const typed = plain(component.value);
      if (typed === null) {
        event.preventDefault();
        component.setCustomValidity(component.dataset.rule);
        component.reportValidity();
        return;
      }
      const salt = crypto.getRandomValues(new Uint8Array(16));
      form.elements.salt.value = hex(salt);
      form.elements.commitment.value =
          hex(commitment(fromHex(form.dataset.ceremony), Number(form.elements.custodian.value), salt, typed));
    });
  }
})();
