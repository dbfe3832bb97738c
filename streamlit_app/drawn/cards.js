// Cards drawn from plain values. A value becomes a text node or a fixed attribute, never markup.

const make = (name, given, ...inside) => {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(given)) {
    if (value) made.setAttribute(attribute, value)
  }
  made.append(...inside.filter(Boolean))
  return made
}

const icon = (name) => name && make('span', { class: 'fi-icon', 'aria-hidden': 'true' }, name)

const line = (label, text, kind, lang) => make('p', { class: kind }, label && make('b', {}, `${label}: `),
  text && make('span', { lang }, text))

export default function ({ data, parentElement, setTriggerValue }) {
  const { say } = data
  const before = parentElement.querySelector('.fi-cards')
  const open = new Set([...(before?.querySelectorAll('details[open]') ?? [])].map((one) => one.dataset.at))
  const focused = before?.contains(document.activeElement) && document.activeElement.dataset.at

  const tap = (button, value) => {
    const card = button.closest('.fi-card')
    card.setAttribute('aria-busy', 'true')
    for (const other of card.querySelectorAll('button')) other.disabled = true
    setTriggerValue('tapped', value)
  }

  const button = (at, word, sign, bare, value, pressed) => {
    const made = make('button', { type: 'button', 'data-at': at, title: word, 'aria-label': bare && word,
      'aria-pressed': pressed && 'true' }, icon(sign), !bare && word)
    made.addEventListener('click', () => tap(made, value))
    return made
  }

  // what is folded is made when it is opened: most of it never is
  const fold = (at, title, kind, content) => {
    const made = make('details', { class: kind, 'data-at': at }, title)
    const fill = () => {
      if (made.open && made.childElementCount === 1) made.append(...content().filter(Boolean))
    }
    made.addEventListener('toggle', fill)
    if (open.has(at)) {
      made.open = true
      fill()
    }
    return made
  }

  const computed = (run, at) => make('div', { class: 'fi-run' }, make('p', { class: 'fi-strong' }, run.title),
    ...run.lines.map(([label, text, lang]) => line(label, text, 'fi-small', lang)),
    button(`${at}-again`, say.again, 'replay', false, { do: 'again', run: run.id }),
    run.id === data.same && make('p', { class: 'fi-small', role: 'status' }, say.same))

  const snooze = (card, at) => {
    const day = make('input', { type: 'date', 'data-at': `${at}-day` })
    const send = make('button', { type: 'button', 'data-at': `${at}-snooze` }, say.snooze)
    send.addEventListener('click', () => tap(send, { do: 'snooze', key: card.key, until: day.value }))
    return fold(`${at}-later`, make('summary', {}, icon('snooze'), say.snooze), 'fi-later',
      () => [make('label', {}, say.snooze_until, ' ', day), send])
  }

  const draw = (card, at) => make('article', { class: 'fi-card', 'data-tone': card.tone, 'data-key': card.key },
    make('header', {}, icon(card.icon), make('span', {}, card.kind),
      card.loud && make('span', { class: 'fi-tone' }, card.loud)),
    make('p', { class: 'fi-strong' }, card.text),
    card.reason && line(say.why, card.reason),
    make('div', { class: 'fi-foot' }, fold(`${at}-how`, make('summary', { title: say.how }, icon('functions'), card.badge || say.more), 'fi-how', () => [
      ...card.extras.map(([label, text]) => line(label, text)),
      ...card.notes.map((note) => line('', note, 'fi-small')),
      ...card.made_by.map((run, place) => computed(run, `${at}-${place}`)),
    ]), make('div', { class: 'fi-answers' },
      ...card.actions.map((one) => button(`${at}-${one.action}`, one.word, one.icon, one.bare,
        { do: 'answer', key: card.key, action: one.action }, one.action === card.answer)),
      card.later && snooze(card, at),
      card.workout && button(`${at}-open`, say.correct, 'edit', false, { do: 'open', workout: card.workout }),
      make('span', { class: 'fi-small', role: 'status' }, card.answered))))

  const drawn = make('div', { class: 'fi-cards' },
    data.above.length && make('p', { class: 'fi-small' }, data.above.join(' · ')),
    ...data.cards.map((card, place) => draw(card, `c${place}`)),
    ...data.more.map(([title, cards], number) => fold(`m${number}`, make('summary', {}, title), 'fi-more',
      () => cards.map((card, place) => draw(card, `m${number}-${place}`)))),
    data.below && make('p', { class: 'fi-small' }, data.below))
  if (before) before.replaceWith(drawn)
  else parentElement.append(drawn)
  if (focused) drawn.querySelector(`[data-at="${CSS.escape(focused)}"]`)?.focus()
}
