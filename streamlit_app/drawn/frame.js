// Whose data are looked at, in which colours, and word of what is new. A value becomes a text node, never markup.

const KEPT = 'fi-theme'
const NAMES = { light: '"Light"', dark: '"Dark"' }
const HERE = `stActiveTheme-${location.pathname}-v2`

// Streamlit reads its colours once, from what this browser keeps of the page: it is begun anew where that differs.
// What the reader takes from Streamlit's own menu afterwards stays, until they choose otherwise under Me.
const colour = (theme) => {
  const known = theme === (localStorage.getItem(KEPT) ?? 'auto')
  if (known && (!NAMES[theme] || localStorage.getItem(HERE))) return
  localStorage.setItem(KEPT, theme)
  if (!known) {
    Object.keys(localStorage).filter((key) => key.startsWith('stActiveTheme-')).forEach((key) => localStorage.removeItem(key))
  }
  if (NAMES[theme]) localStorage.setItem(HERE, NAMES[theme])
  location.reload()
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (data.theme) colour(data.theme)
  parentElement.querySelector('.fi-frame')?.remove()
  if (!data.people?.length && !data.lines?.length) return
  const frame = document.createElement('div')
  frame.className = 'fi-frame'
  if (data.people?.length) {
    const chosen = document.createElement('select')
    chosen.setAttribute('aria-label', data.label)
    chosen.append(...data.people.map(([id, text]) => new Option(text, id, false, id === data.chosen)))
    chosen.addEventListener('change', () => setTriggerValue('tapped', chosen.value))
    frame.append(chosen)
  }
  if (data.lines?.length) {
    const news = document.createElement('div')
    news.className = 'fi-news'
    news.setAttribute('role', 'status')
    news.append(...data.lines.map((text) => Object.assign(document.createElement('span'), { textContent: text })))
    if (data.show) {
      const show = Object.assign(document.createElement('button'), { type: 'button', textContent: data.show })
      show.addEventListener('click', () => setTriggerValue('tapped', 'show'))
      news.append(show)
    }
    frame.append(news)
  }
  parentElement.append(frame)
}
