/**
 * For fault tests only: `name` or `name:nth` kills this process, without any clean-up, when it passes the named point
 * for the nth time. Without a setting the function does nothing.
 */
export function failpointKiller(setting: string): ((name: string) => void) | undefined {
  if (setting === '') return undefined;
  const [wanted, nth = '1'] = setting.split(':');
  let passes = 0;
  return (name) => {
    if (name === wanted && ++passes === Number(nth)) process.kill(process.pid, 'SIGKILL');
  };
}
