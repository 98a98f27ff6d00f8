/** What an administrator asks a relay, whichever node of the cluster it runs on, and of an edge's relay over C2W. */
@NullMarked
package io.convoke.actors.relayadmin;

import org.jspecify.annotations.NullMarked;
