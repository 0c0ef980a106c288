/** Text forms of values: DDL, intervals, dates, timestamps, JSON and CSV. */
@NullMarked
package org.tailrace.data.text;

import org.jspecify.annotations.NullMarked;
