/** Hands what was fetched to the browser’s own downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content from the click on; the address would keep it in memory.
  setTimeout(() => URL.revokeObjectURL(url));
}
