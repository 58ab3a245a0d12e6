import fc from 'fast-check';

// The suite tries the same cases every time; LONG=1 draws new ones.
if (!process.env.LONG) fc.configureGlobal({ seed: 20_260_101 });
