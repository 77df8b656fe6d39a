@NullMarked
package io.zhitong.backend.foundation.database;

import org.jspecify.annotations.NullMarked;
