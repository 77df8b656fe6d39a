package io.zhitong.systemtests;

import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Steps that build on each other (逐步): after one has failed, the others fail at once and name it. */
final class StepByStep implements BeforeTestExecutionCallback, TestExecutionExceptionHandler {
    private final Consumer<String> failed;
    private String broken = "";

    /** @param failed is told the name of the step that failed, while everything still stands as it stood */
    StepByStep(Consumer<String> failed) {
        this.failed = failed;
    }

    @Override
    public void beforeTestExecution(ExtensionContext step) {
        Assertions.assertEquals("", broken, "an earlier step failed");
    }

    @Override
    public void handleTestExecutionException(ExtensionContext step, Throwable failure) throws Throwable {
        if (broken.isEmpty()) {
            broken = step.getRequiredTestMethod().getName();
            failed.accept(broken);
        }
        throw failure;
    }
}
