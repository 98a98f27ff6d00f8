// Keeps the screen from going dark during a call, where the browser can.

/** @returns {() => void} lets the screen sleep again */
export function stayAwake() {
  let lock = null;
  let over = false;
  const ask = async () => {
    if (over || document.visibilityState !== 'visible' || !navigator.wakeLock) return;
    lock = await navigator.wakeLock.request('screen').catch(() => null); // Refused when the battery is low: then it sleeps.
    if (over) lock?.release();
  };
  // The browser drops the lock whenever the tab is hidden.
  document.addEventListener('visibilitychange', ask);
  ask();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', ask);
    lock?.release();
  };
}
