// A click on the backdrop is a click on the dialog itself, outside everything in it.
export function open(dialog) {
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
  if (!dialog.open) dialog.showModal();
}

export function close(dialog) {
  dialog.close();
}
