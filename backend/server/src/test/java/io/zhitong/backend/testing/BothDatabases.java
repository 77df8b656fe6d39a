package io.zhitong.backend.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test class twice, on H2 and on PostgreSQL. Its constructor takes a {@link TestDatabase}: migrated, empty and of
 * this test alone; or a {@link RunningBackend}, one for all tests of the JVM.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(BothDatabasesExtension.class)
public @interface BothDatabases {}
