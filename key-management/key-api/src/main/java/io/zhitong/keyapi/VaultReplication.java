package io.zhitong.keyapi;

/**
 * How a warm standby follows its vault (热备跟随). Nothing that crosses here opens without the quorum. Thread-safe.
 */
public interface VaultReplication extends AutoCloseable {
    /** Seconds that a question waits for something new. */
    int WAIT_SECONDS = 5;

    /**
     * What is newer than what the standby has; having asked with it, the standby has acknowledged it.
     *
     * @return at once when there is something, else what there is after {@value #WAIT_SECONDS} seconds: nothing
     */
    ReplicaPart next(ReplicaPlace have);

    /** Ends the connection. */
    @Override
    void close();
}
