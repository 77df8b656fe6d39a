package io.zhitong.cliapi;

/**
 * One command (命令) that a module brings to {@code zt}.
 *
 * <p>A module names its implementation in {@code META-INF/services/io.zhitong.cliapi.ZtCommand}; the implementation
 * needs a public constructor without arguments and must do no work before {@link #command()} is called. Two commands of
 * one name in one group are a fault of the build and stop {@code zt}.
 */
public interface ZtCommand {

    /** Where the command stands: {@code zt card shell} is in {@link CommandGroup#CARD}, {@code zt version} at the top. */
    CommandGroup group();

    /**
     * A new object with picocli's {@code @Command} on its class. Its {@code call()} answers the exit code, or the object
     * throws {@link CommandFailure}, which {@code zt} prints as one line.
     */
    Object command();
}
