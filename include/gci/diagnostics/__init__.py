"""Problems with what people send: codes, messages in six languages, reports to senders."""
