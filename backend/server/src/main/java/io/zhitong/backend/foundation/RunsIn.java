package io.zhitong.backend.foundation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a part with a life cycle: it is started only in a process that has this role (所属角色). Without it a part runs in every process. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RunsIn {
    BackendRole value();
}
