import { type Completes, type FlagModel, GLOBAL_FLAGS, type VerbModel } from './model.ts';

/** For fish 3.1 and newer. */
export function fishScript(verbs: readonly VerbModel[]): string {
  const valued = verbs.flatMap(({ name, flags }) =>
    flags.flatMap(({ spellings, value }) => (value === null ? [] : spellings.map((flag) => quoted(`${name} ${flag}`)))),
  );
  const valuedBefore = GLOBAL_FLAGS.flatMap(({ spellings, value }) => (value === null ? [] : spellings));
  const foreign = verbs.filter(({ passThrough }) => passThrough).map(({ name }) => name);
  return `# Completion of devenv for fish: devenv completion fish | source

set -g __devenv_valued ${valued.join(' ')}
set -g __devenv_valued_before ${valuedBefore.join(' ')}
set -g __devenv_foreign ${foreign.join(' ')}
${ENGINE}
complete -c devenv -f
${GLOBAL_FLAGS.map((flag) => flagLine('__devenv_at ""', flag)).join('\n')}
${verbs.map(({ name, summary }) => `complete -c devenv -n '__devenv_at ""' -a ${name} -d ${quoted(summary)}`).join('\n')}
${verbs.flatMap(verbLines).join('\n')}
`;
}

function verbLines({ name, flags, places }: VerbModel): readonly string[] {
  return [
    ...flags.map((flag) => flagLine(`__devenv_at ${name} flags`, flag)),
    ...places.map(({ completes, variadic }, index) =>
      [
        `complete -c devenv -n ${quoted(`__devenv_at ${name} ${variadic ? `${index}+` : index}`)}`,
        ...offers(completes),
      ].join(' '),
    ),
  ];
}

function flagLine(condition: string, { spellings, description, value }: FlagModel): string {
  const names = spellings.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const rest = value === null ? [] : ['-r', ...offers(value)];
  return ['complete -c devenv', `-n ${quoted(condition)}`, ...names, ...rest, `-d ${quoted(description)}`].join(' ');
}

function offers(completes: Completes): readonly string[] {
  switch (completes.type) {
    case 'words':
      return ['-f', '-a', quoted(completes.words.join(' '))];
    case 'names':
      return ['-f', '-k', '-a', quoted(`(__devenv_names ${completes.kind})`)];
    case 'folders':
      return ['-f', '-a', quoted('(__fish_complete_directories (commandline -ct))')];
    case 'files':
      return ['-F'];
    case 'command':
      return ['-f', '-a', quoted('(__devenv_command)')];
    case 'anything':
      return ['-f'];
    default:
      return completes satisfies never;
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

const ENGINE = `
# The verb, how many arguments stand behind it, whether flags are devenv's own, and where the first argument is.
function __devenv_line
    set -l words (commandline -opc)
    set -l verb ''
    set -l place 0
    set -l own yes
    set -l first 0
    set -l value no
    set -l index 0
    for word in $words
        set index (math $index + 1)
        if test $index = 1
            continue
        else if test $value = yes
            set value no
        else if test -z "$verb"
            if contains -- $word $__devenv_valued_before
                set value yes
            else
                string match -q -- '-*' $word; or set verb $word
            end
        else if test $own = yes; and test "x$word" = x--
            set own no
        else if test $own = yes; and string match -q -- '-*' $word
            contains -- "$verb $word" $__devenv_valued; and set value yes
        else
            test $place = 0; and set first $index
            set place (math $place + 1)
            contains -- $verb $__devenv_foreign; and set own no
        end
    end
    echo $verb
    echo $place
    echo $own
    echo $first
end

# Whether the cursor is at this place of a verb: flags, 0, or 0+ for the first and all that follow.
function __devenv_at
    set -l line (__devenv_line)
    test "$line[1]" = "$argv[1]"; or return 1
    switch "$argv[2]"
        case ''
            return 0
        case flags
            test $line[3] = yes
        case '*+'
            test $line[2] -ge (string replace + '' $argv[2])
        case '*'
            test $line[2] = $argv[2]
    end
end

# Names of a kind that are not on the line yet, as fish takes them: with what they are, after a tab.
function __devenv_names
    set -l words (commandline -opc)
    set -l options
    set -l before ''
    for word in $words
        switch $before
            case -C --cwd
                set -a options --cwd (string replace -r '^~/' "$HOME/" -- $word)
            case --tier
                set -a options --tier $word
        end
        string match -q -r -- '^--(cwd|tier)=' $word; and set -a options $word
        set before $word
    end
    type -q -- $words[1]; or return
    $words[1] completion --names $argv[1] $options 2>/dev/null | while read -l entry
        contains -- (string split -m 1 \\t -- $entry)[1] $words[3..]; or echo $entry
    end
end

# The other program's own completion.
function __devenv_command
    set -l line (__devenv_line)
    set -l rest
    test $line[4] -gt 0; and set rest (commandline -opc)[$line[4]..]
    complete -C (string join ' ' -- (string escape -- $rest) (commandline -ct))
end
`;
