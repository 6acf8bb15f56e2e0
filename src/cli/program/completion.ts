import { Argument, type Command } from 'commander';
import type { Choose } from '../context.ts';

const notes = `
The PowerShell script is untested.

Examples:
  source <(keyturn completion bash)      in ~/.bashrc
  source <(keyturn completion zsh)       in ~/.zshrc, after compinit
  keyturn completion fish > ~/.config/fish/completions/keyturn.fish
  keyturn completion powershell | Out-String | Invoke-Expression`;

/** `completion SHELL` prints a script; the script calls the hidden `complete -- WORDS` for what may come next. */
export function addCompletionCommands(program: Command, choose: Choose): void {
  program
    .command('completion')
    .description('print a script that completes keyturn commands in a shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', notes)
    .action((shell: string) => {
      choose(async (context) => (await import('../commands/completion.ts')).printCompletionScript(context, shell));
    });
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) => {
      choose(async (context) => (await import('../commands/completion.ts')).completeWords(context, program, words));
    });
}
