// How loud a microphone is, for the bar before the call. Reads 30 times a second at most, and only while somebody looks.

/**
 * Calls `show` with a level in [0, 1] until the returned function is called. The track stays the caller's.
 * @param {MediaStreamTrack} track
 */
export function measure(track, show) {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let level = 0;
  const timer = setInterval(() => {
    // Browsers start audio only after a gesture; a suspended context simply shows silence until then.
    if (context.state === 'suspended') context.resume().catch(() => {});
    analyser.getFloatTimeDomainData(samples);
    level = Math.max(loudness(samples), level * 0.82);
    show(level);
  }, 33);
  return () => {
    clearInterval(timer);
    source.disconnect();
    context.close();
    show(0);
  };
}

/** Samples in [-1, 1] to a level in [0, 1]: -60 dB and below is 0, -10 dB and above is 1. */
export function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}
