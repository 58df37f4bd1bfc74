/** What had the focus is gone: the next key would begin at the top of the page. */
export const isFocusNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;
