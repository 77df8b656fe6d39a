package io.zhitong.accessmodel;

/**
 * A controller of any make, as the backend sees it (控制器端口): our own behind the link, or a foreign board behind its driver. Safe
 * for use by several threads.
 */
public interface ControllerBoard {

    DeviceAddress address();

    /**
     * Brings it in step and tells what it holds now. May take as long as reading and writing all of it takes.
     *
     * @throws RuntimeException of the maker's driver if it cannot be reached; what it holds is then not known
     */
    StepProof synchronise(DeviceHoldings wanted);

    /** Opens, locks down, holds unlocked or releases a point. @return {@link CommandRefusal#NONE} if it was done */
    CommandRefusal carryOut(CommandKind kind, PointId point);

    /**
     * Fetches events that are not in the journal yet, in order, each once.
     *
     * @param most how many at the most in this call
     * @return how many were stored; 0 for controllers that bring their events themselves
     */
    int collect(int most);

    /** Writes down something that it does not record itself, such as an order it was given, behind what was fetched. */
    void note(EventKind kind, PointId point, Octets body);
}
