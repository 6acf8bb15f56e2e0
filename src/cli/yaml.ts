// Of yaml what reads a whole document. A part of the command line of its own: few commands are given one.
export { parse } from 'yaml';
