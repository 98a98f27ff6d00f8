/** What an operator's configuration file says, read once at the start into records; whatever is wrong with it is said in words with file and line. */
@NullMarked
package io.convoke.node.settings;

import org.jspecify.annotations.NullMarked;
