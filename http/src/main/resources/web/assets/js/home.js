// The front page: a meeting ID, URI or whole invitation link leads to the meeting's page.
import { pathFor } from './route.js';

const form = document.getElementById('find');
const input = document.getElementById('meeting');
const error = document.getElementById('meeting-error');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const path = pathFor(input.value);
  if (path) {
    location.assign(path);
    return;
  }
  error.textContent = input.value.trim()
    ? 'That doesn’t look like a meeting ID. Use the number, or paste the whole link from your invitation.'
    : 'Enter the meeting ID from your invitation.';
  error.hidden = false;
  input.setAttribute('aria-invalid', 'true');
  input.focus();
});

input.addEventListener('input', () => {
  error.hidden = true;
  input.removeAttribute('aria-invalid');
});
