// People who only send: a small picture with a number in it, and a tone of their own. A page full of them costs one tab what one person costs.
// They speak the client protocol by hand and know nothing of the page they run in.
(() => {
  const sound = new AudioContext();
  const kept = []; // A connection that nobody refers to may be collected.

  function camera(number) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const pen = canvas.getContext('2d');
    const draw = () => {
      pen.fillStyle = `hsl(${number * 15} 60% 40%)`;
      pen.fillRect(0, 0, 160, 90);
      pen.fillStyle = '#fff';
      pen.font = '40px sans-serif';
      pen.fillText(`${number}.${Math.floor(Date.now() / 1000) % 10}`, 20, 60);
    };
    draw();
    setInterval(draw, 500);
    return canvas.captureStream(2).getVideoTracks()[0];
  }

  function microphone(number) {
    const tone = sound.createOscillator();
    const sink = sound.createMediaStreamDestination();
    tone.frequency.value = 200 + number * 20;
    tone.connect(sink);
    tone.start();
    return sink.stream.getAudioTracks()[0];
  }

  /** Joins and connects; answers 'connected', or what the server said instead. */
  window.enter = async (number) => {
    const body = JSON.stringify({ name: `Person ${number}`, callId: '9999' });
    const joined = await fetch('/api/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const ticket = await joined.json();
    if (!joined.ok) return ticket.code;
    const pc = new RTCPeerConnection({ iceServers: ticket.iceServers, bundlePolicy: 'max-bundle' });
    const socket = new WebSocket(new URL(ticket.webSocket, location.href.replace(/^http/, 'ws')));
    kept.push(pc, socket);
    const send = (message) => socket.send(JSON.stringify(message));
    const offer = async () => {
      pc.addTransceiver(microphone(number), { direction: 'sendonly' });
      pc.addTransceiver(camera(number), { direction: 'sendonly' });
      await pc.setLocalDescription();
      send({ type: 'state', audioMuted: false, videoMuted: false });
      send({ type: 'offer', id: 1, sdp: pc.localDescription.sdp, sources: { 0: 'microphone', 1: 'camera' } });
    };
    return new Promise((done) => {
      pc.onconnectionstatechange = () => pc.connectionState === 'connecting' || done(pc.connectionState);
      socket.onopen = () => send({ type: 'authenticate', token: ticket.token });
      socket.onclose = ({ code, reason }) => done(`${code} ${reason}`);
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === 'ping') send({ type: 'pong', id: message.id });
        if (message.type === 'welcome') offer();
        if (message.type === 'answer') pc.setRemoteDescription({ type: 'answer', sdp: message.sdp });
        if (message.type === 'error' || message.type === 'ended') done(message.code);
      };
    });
  };
})();
