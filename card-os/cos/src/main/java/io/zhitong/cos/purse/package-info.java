/** The electronic purse's commands: initialise, credit, debit, prove, balance. */
@NullMarked
package io.zhitong.cos.purse;

import org.jspecify.annotations.NullMarked;
