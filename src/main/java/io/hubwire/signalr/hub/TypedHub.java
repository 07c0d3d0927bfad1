package io.hubwire.signalr.hub;

/**
 * A hub that calls its clients through an interface of theirs (protocol §7.6):
 *
 * <pre>
 * public interface ChatClient {
 *     void newMessage(String from, String text);
 *
 *     CompletionStage&lt;Void&gt; typing(String who);
 * }
 *
 * public class ChatHub extends TypedHub&lt;ChatClient&gt; {
 *     public void send(String text) {
 *         clients().others().newMessage(context().connectionId(), text);
 *     }
 * }
 * </pre>
 *
 * <p>A method's name is that of the clients' method, unless {@link HubMethodName} says otherwise; inherited methods count, default methods run here. Methods return
 * nothing or a {@code CompletionStage<Void>}, which is that of {@link ClientProxy#invoke}. An interface that breaks these rules is reported when the
 * server starts; from then on selecting clients fails.
 *
 * @param <C> a public interface
 */
public abstract class TypedHub<C> extends HubBase<C> {}
