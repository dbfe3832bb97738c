// Whose data are looked at, and word of what is new. A value becomes a text node, never markup.

export default function ({ data, parentElement, setTriggerValue }) {
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
