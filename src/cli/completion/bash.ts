import { type Completes, GLOBAL_FLAGS, type VerbModel } from './model.ts';

/** For bash 3.2 and newer, with or without the package bash-completion. */
export function bashScript(verbs: readonly VerbModel[]): string {
  const names = verbs.map(({ name }) => name).join(' ');
  const globals = GLOBAL_FLAGS.flatMap(({ spellings }) => spellings).join(' ');
  return `# Completion of devenv for bash: source <(devenv completion bash)

_devenv_table() {
  flags='' valued='' places='' foreign=''
  case $1 in
${verbs.map(tableEntry).join('\n')}
  esac
}
${ENGINE.replace('%VERBS%', names).replace('%GLOBALS%', globals).replace('%VALUED%', valuedFlags(GLOBAL_FLAGS))}`;
}

function tableEntry({ name, flags, places, passThrough }: VerbModel): string {
  const valued = valuedFlags(flags);
  const fields = [
    `flags='${flags.flatMap(({ spellings }) => spellings).join(' ')}'`,
    ...(valued === '' ? [] : [`valued='${valued}'`]),
    ...(places.length > 0
      ? [`places='${places.map((place) => code(place.completes) + (place.variadic ? '...' : '')).join(' ')}'`]
      : []),
    ...(passThrough ? ['foreign=1'] : []),
  ];
  return `    ${name}) ${fields.join(' ')} ;;`;
}

function valuedFlags(flags: VerbModel['flags']): string {
  return flags
    .flatMap(({ spellings, value }) =>
      value === null ? [] : spellings.map((spelling) => `${spelling}=${code(value)}`),
    )
    .join(' ');
}

/** One word of the table. */
function code(completes: Completes): string {
  switch (completes.type) {
    case 'words':
      return `words:${completes.words.join(',')}`;
    case 'names':
      return `names:${completes.kind}`;
    default:
      return completes.type;
  }
}

const ENGINE = `
# Offers what a place may hold: $1 is a word of the table.
_devenv_offer() {
  local name about IFS=$'\\n'
  case $1 in
    words:*)
      name=\${1#words:}
      COMPREPLY=($(compgen -P "$prefix" -W "\${name//,/$IFS}" -- "$current"))
      ;;
    names:*)
      while IFS=$'\\t' read -r name about; do
        [[ $name == "$current"* && $typed != *" $name "* ]] && COMPREPLY+=("$prefix$name")
      done < <("$program" completion --names "\${1#names:}" \${options[@]+"\${options[@]}"} 2>/dev/null)
      ;;
    folders | files)
      type compopt &>/dev/null && compopt -o filenames
      name=-f
      [[ $1 == folders ]] && name=-d
      COMPREPLY=($(compgen $name -P "$prefix" -- "$current"))
      ;;
    command) COMPREPLY=($(compgen -c -- "$current")) ;;
  esac
}

# The other program's own completion, where the package bash-completion can find it.
_devenv_foreign() {
  if type _comp_command_offset &>/dev/null; then
    _comp_command_offset "$1"
  elif type _command_offset &>/dev/null; then
    _command_offset "$1"
  elif ((place == 0)); then
    _devenv_offer command
  else
    _devenv_offer files
  fi
}

_devenv() {
  local flags places foreign valued='%VALUED%'
  local program=$1 verb='' current prefix='' typed=' ' wanted='' own=1 place=0 first=0
  local i word entry count=0
  local -a words=() at=() options=()
  [[ $program == '~/'* ]] && program=$HOME/\${program#'~/'}

  # bash has cut the words at = and : too.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((i > 1)) && [[ $word == [=:]* || \${words[count - 1]} == *[=:] ]]; then
      words[count - 1]+=$word
    else
      words[count]=$word at[count]=$i
      ((count++))
    fi
  done
  current=\${words[count - 1]}

  for ((i = 1; i < count - 1; i++)); do
    word=\${words[i]}
    if [[ -n $wanted ]]; then
      case $wanted in
        -C | --cwd) options+=(--cwd "\${word/#'~/'/$HOME/}") ;;
        --tier) options+=(--tier "$word") ;;
      esac
      wanted=''
    elif [[ -z $verb ]]; then
      case $word in
        --cwd=*) options+=(--cwd "\${word#*=}") ;;
        -*) for entry in $valued; do [[ \${entry%%=*} == "$word" ]] && wanted=$word; done ;;
        *)
          verb=$word
          _devenv_table "$verb"
          ;;
      esac
    elif ((own)) && [[ $word == -- ]]; then
      own=0
    elif ((own)) && [[ $word == -* ]]; then
      case $word in
        --cwd=*) options+=(--cwd "\${word#*=}") ;;
        --tier=*) options+=(--tier "\${word#*=}") ;;
        *) for entry in $valued; do [[ \${entry%%=*} == "$word" ]] && wanted=$word; done ;;
      esac
    else
      typed+="$word "
      ((place++ == 0)) && first=$i
      [[ -n $foreign ]] && own=0
    fi
  done

  COMPREPLY=()
  if [[ -z $verb && -z $wanted && $current != --*=* ]]; then
    COMPREPLY=($(compgen -W '%VERBS% %GLOBALS%' -- "$current"))
    return
  fi
  if [[ -z $wanted ]] && ((own)) && [[ $current == --*=* ]]; then
    wanted=\${current%%=*} current=\${current#*=}
    # What bash has cut off is not to be repeated.
    [[ $COMP_WORDBREAKS == *=* ]] || prefix=$wanted=
  fi
  if [[ -n $wanted ]]; then
    for entry in $valued; do [[ \${entry%%=*} == "$wanted" ]] && _devenv_offer "\${entry#*=}"; done
    return
  fi
  if ((own)) && [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
    return
  fi
  i=0
  for entry in $places; do
    if ((i == place)) || [[ $entry == *... ]]; then
      entry=\${entry%...}
      if [[ $entry == command ]]; then
        ((place == 0)) && first=$((count - 1))
        _devenv_foreign "\${at[first]}"
      else
        _devenv_offer "$entry"
      fi
      return
    fi
    ((i++))
  done
}

complete -F _devenv devenv
`;
