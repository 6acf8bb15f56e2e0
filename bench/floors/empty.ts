// What Node.js takes to do nothing.
export {};
