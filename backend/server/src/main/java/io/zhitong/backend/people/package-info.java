/** Persons, households and residences (人员、家庭、居住关系). */
@ApplicationModule(
        displayName = "people 人员",
        allowedDependencies = {"foundation", "audit", "estate"})
@NullMarked
package io.zhitong.backend.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
