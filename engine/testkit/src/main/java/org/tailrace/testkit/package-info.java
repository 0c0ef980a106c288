/** What tests of queries are made of: a clock that one sets, a disk that forgets what was not synced, an environment of both. */
@NullMarked
package org.tailrace.testkit;

import org.jspecify.annotations.NullMarked;
