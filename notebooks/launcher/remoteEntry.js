// Tiles of JupyterLab's launcher, one a template. JupyterLab loads a module of its federation; written as one by hand,
// it needs no build. The list of tiles is put in when the notebooks are served.

const TILES = [] // {title, path, folder}
const CATEGORY = 'fitintel'
let shared

const provided = async (name) => {
  const versions = shared[name]
  return (await versions[Object.keys(versions).sort().at(-1)].get())()
}

const extension = (ILauncher) => ({
  id: 'fitintel-launcher:plugin',
  autoStart: true,
  requires: [ILauncher],
  activate: (app, launcher) => {
    TILES.forEach(({ title, path, folder }, rank) => {
      const command = `fitintel:${path}`
      app.commands.addCommand(command, {
        label: title,
        caption: path,
        execute: async () => {
          // a copy: the template stays as it is for the next one
          const made = await app.serviceManager.contents.copy(path, folder)
          return app.commands.execute('docmanager:open', { path: made.path, factory: 'Notebook' })
        },
      })
      launcher.add({ command, category: CATEGORY, rank })
    })
  },
})

window._JUPYTERLAB = window._JUPYTERLAB ?? {}
window._JUPYTERLAB['fitintel-launcher'] = {
  init: async (scope) => { shared = scope },
  get: async () => {
    const { ILauncher } = await provided('@jupyterlab/launcher')
    return () => ({ __esModule: true, default: extension(ILauncher) })
  },
}
