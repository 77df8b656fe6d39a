/** The card's file system: file table, keys, records, access conditions. */
@NullMarked
package io.zhitong.cos.file;

import org.jspecify.annotations.NullMarked;
