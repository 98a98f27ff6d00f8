/**
 * Load generators and benchmarks. Each starts what it measures as a process of its own, drives it over loopback from
 * this process and reads the CPU time that the kernel booked on the measured one.
 */
@NullMarked
package io.convoke.bench;

import org.jspecify.annotations.NullMarked;
