//! Claims of several documents joined into incidents.
