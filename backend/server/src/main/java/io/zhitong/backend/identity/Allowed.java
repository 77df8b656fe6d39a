package io.zhitong.backend.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which roles may call an endpoint (准入角色): on a controller's method, or on the controller for all its methods. An endpoint
 * without it is refused to everybody.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {
    Role[] value();

    /** Also for a user whose password somebody else chose: what changes it, and nothing else. */
    boolean withGivenPassword() default false;

    /**
     * Of users above communities: what shows all that they see, whichever community they look at. Also a POST, which changes nothing but
     * where they look.
     */
    boolean spans() default false;
}
