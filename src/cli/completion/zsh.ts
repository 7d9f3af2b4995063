import { type Completes, type FlagModel, GLOBAL_FLAGS, type VerbModel } from './model.ts';

/** To be sourced after compinit, or kept in a folder of fpath as `_devenv`. */
export function zshScript(verbs: readonly VerbModel[]): string {
  const described = verbs.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`);
  return `#compdef devenv
# Completion of devenv for zsh: source <(devenv completion zsh), after compinit

_devenv_verbs() {
  local -a verbs
  verbs=(
${described.join('\n')}
  )
  _describe -t commands command verbs
}

# Offers names of a kind, the last argument, that are not on the line yet.
_devenv_names() {
  local -a found options=("\${(@)devenv_before}")
  local entry name about i
  for ((i = 2; i < CURRENT; i++)); do
    case $words[i-1] in
      -C|--cwd) options+=(--cwd "\${\${(Q)words[i]}/#\\~\\//$HOME/}") ;;
      --tier) options+=(--tier "\${(Q)words[i]}") ;;
    esac
    [[ $words[i] == --(cwd|tier)=* ]] && options+=("\${(Q)words[i]}")
  done
  for entry in "\${(@f)$(_call_program names \${(q)devenv_program} completion --names \${(q)argv[-1]} \${(q)options})}"; do
    name=\${entry%%$'\\t'*}
    [[ -n $name ]] || continue
    about=\${entry#$name}
    about=\${about#$'\\t'}
    found+=("$name\${about:+:\${about//:/\\\\:}}")
  done
  _describe -t names name found -F "(\${words[2,CURRENT-1]})"
}

# The other program's own completion.
_devenv_command() {
  if [[ $words[1] == -- ]]; then
    shift words
    ((CURRENT--))
  fi
  _normal
}

_devenv() {
  local curcontext=$curcontext state devenv_program=$words[1] ret=1
  local -a line devenv_before
  local -A opt_args
  devenv_program=\${devenv_program/#\\~\\//$HOME/}
  # Behind the verb flags are the verb's.
  _arguments -C -A '-*' \\
${GLOBAL_FLAGS.map((flag) => `    ${flagSpecs(flag, ENDS.test(flag.spellings.join()) ? '(- *)' : undefined).join(' ')} \\`).join('\n')}
    '1: :_devenv_verbs' \\
    '*:: :->verb' && ret=0
  [[ $state == verb ]] || return ret
  local folder=\${opt_args[-C]:-\${opt_args[--cwd]}}
  [[ -z $folder ]] || devenv_before=(--cwd "\${\${(Q)folder}/#\\~\\//$HOME/}")
  case $words[1] in
${verbs.map(verbCase).join('\n')}
  esac
  return ret
}

if [[ $funcstack[1] == _devenv ]]; then
  _devenv "$@"
else
  compdef _devenv devenv
fi
`;
}

/** After these nothing else makes sense. */
const ENDS = /--(help|version)$/;

function verbCase({ name, flags, places, passThrough }: VerbModel): string {
  const specs = flags.flatMap((flag) => flagSpecs(flag));
  const positions = places.map(({ completes, variadic, description }, index) => {
    // Behind the first argument of another program flags are its own.
    const head = passThrough && variadic ? '(-)*' : variadic ? '*' : String(index + 1);
    const what = description.replaceAll(':', '\\:');
    return quoted(
      completes.type === 'command'
        ? `${head}:: :_devenv_command`
        : `${head}:${what}:${action(completes).replace(/^$/, ' ')}`,
    );
  });
  const lines = [...specs, ...positions].map((spec) => ` \\\n        ${spec}`);
  return `    ${name})\n      _arguments -S${lines.join('')} && ret=0\n      ;;`;
}

function flagSpecs({ spellings, description, value, repeatable }: FlagModel, excludes?: string): readonly string[] {
  const others = excludes ?? (repeatable ? '*' : `(${spellings.join(' ')})`);
  const about = `[${description.replace(/[\\[\]]/g, '\\$&')}]`;
  return spellings.map((spelling) => {
    if (value === null) return quoted(`${others}${spelling}${about}`);
    const joint = spelling.startsWith('--') ? '=' : '+';
    return quoted(`${others}${spelling}${joint}${about}:value:${action(value) || ' '}`);
  });
}

function action(completes: Completes): string {
  switch (completes.type) {
    case 'words':
      return `(${completes.words.join(' ')})`;
    case 'names':
      return `_devenv_names ${completes.kind}`.replaceAll(':', '\\:');
    case 'folders':
      return '_files -/';
    case 'files':
      return '_files';
    case 'command':
      return '_devenv_command';
    case 'anything':
      return '';
    default:
      return completes satisfies never;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
