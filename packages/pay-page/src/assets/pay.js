// The pages' only script: live status, copying, the countdown and the way back. Everything works without it.
(() => {
  const body = document.body;
  const main = document.querySelector('main');
  const announcer = document.getElementById('announce');
  const lost = document.getElementById('lost');
  const stream = body.dataset.events;
  let leaveTo = body.dataset.leave ?? '';
  let leaveTimer;
  let ticker;

  const announce = (text) => {
    announcer.textContent = '';
    // A region that is filled anew is read out, one that is only replaced may not be.
    setTimeout(() => {
      announcer.textContent = text;
    }, 100);
  };

  const twoDigits = (number) => String(number).padStart(2, '0');

  const countdown = (milliseconds) => {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const start = hours > 0 ? `${hours}:${twoDigits(minutes)}` : String(minutes);
    return `${start}:${twoDigits(seconds % 60)}`;
  };

  /** What is left comes from the server, so a browser's wrong clock does not matter. */
  const startCountdown = () => {
    clearInterval(ticker);
    const time = main.querySelector('[data-left]');
    if (!time) return;
    const end = Date.now() + Number(time.dataset.left);
    const tick = () => {
      time.textContent = countdown(end - Date.now());
    };
    tick();
    ticker = setInterval(tick, 1000);
  };

  const showLocalTimes = () => {
    const format = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, {
      hour: '2-digit',
      minute: '2-digit',
    });
    for (const time of main.querySelectorAll('[data-clock]')) {
      time.firstElementChild.textContent = format.format(new Date(time.dateTime));
    }
  };

  /** Back to the shop, unless the shopper wants to stay. */
  const planToLeave = () => {
    clearTimeout(leaveTimer);
    if (!leaveTo) return;
    leaveTimer = setTimeout(() => location.assign(leaveTo), 7000);
  };

  const prepare = () => {
    for (const element of main.querySelectorAll('[data-script]')) element.hidden = false;
    for (const element of main.querySelectorAll('[data-stay]')) element.hidden = !leaveTo;
    startCountdown();
    showLocalTimes();
    planToLeave();
  };

  /** Replaces what the page says. What the shopper opened stays open, and the focus stays where it was. */
  const show = (status) => {
    document.title = status.title;
    leaveTo = status.leaveTo ?? '';
    if (main.dataset.version === status.version) return;
    main.dataset.version = status.version;
    const open = [...main.querySelectorAll('details[open]')].map((element) => element.id);
    const focused = main.contains(document.activeElement) ? document.activeElement : null;
    const before = main.querySelector('h1')?.textContent;
    main.innerHTML = status.live;
    for (const id of open) document.getElementById(id)?.setAttribute('open', '');
    prepare();
    const heading = main.querySelector('h1');
    if (focused) (document.getElementById(focused.id) ?? heading)?.focus({ preventScroll: true });
    if (heading && heading.textContent !== before) announce(heading.textContent);
  };

  let source;
  let again;
  let waitMs = 3000;
  let over = !stream;

  const connect = () => {
    clearTimeout(again);
    source?.close();
    if (over) return;
    source = new EventSource(stream);
    source.addEventListener('open', () => {
      waitMs = 3000;
      lost.hidden = true;
    });
    source.addEventListener('status', (event) => {
      const status = JSON.parse(event.data);
      show(status);
      over = status.final;
      if (over) source.close();
    });
    source.addEventListener('error', () => {
      lost.hidden = false;
      // The browser tries again by itself, except after an answer that was no stream.
      if (source.readyState !== EventSource.CLOSED) return;
      again = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, 60000);
    });
  };

  const copy = async (button) => {
    const value = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(value.textContent);
    } catch {
      // Without the permission, or without TLS: the text is selected, which is one step less.
      getSelection().selectAllChildren(value);
      return;
    }
    const label = button.textContent;
    if (button.dataset.busy) return;
    button.dataset.busy = 'true';
    button.textContent = button.dataset.copied;
    announce(button.dataset.copied);
    setTimeout(() => {
      button.textContent = label;
      delete button.dataset.busy;
    }, 2000);
  };

  main.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.copy) void copy(button);
    if (button && 'stay' in button.dataset) {
      clearTimeout(leaveTimer);
      leaveTo = '';
      button.hidden = true;
      main.querySelector('[data-leaving]')?.remove();
      main.querySelector('h1')?.focus({ preventScroll: true });
    }
  });

  /** A second click on a way to pay would only be answered "busy". */
  main.addEventListener('submit', (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = 'true';
  });

  // Back from the browser's own memory, where streams and timers have stood still.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  let hiddenAt = 0;

  // A phone that slept, or whose shopper was at the gateway, may hold a stream that is dead without knowing.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now();
    else if (started && Date.now() - hiddenAt > 5000) connect();
  });

  let started = false;
  let leaving = false;

  addEventListener('beforeunload', () => {
    leaving = true;
  });

  const start = () => {
    if (started) return;
    started = true;
    // The Refresh header is for browsers without a script: this ends the reload that it has planned, and would end a form
    // on its way too.
    if (!leaving) stop();
    connect();
  };

  prepare();
  addEventListener('load', start);
  // A logo that never arrives holds up nothing.
  setTimeout(start, 5000);
})();
