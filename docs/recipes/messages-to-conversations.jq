# From one message a line to one conversation a line: jq -cs -f messages-to-conversations.jq messages.jsonl > chats.jsonl
# Fields of a message: conversation_id, user_id, role, content, created_at (RFC 3339, all with the same offset).
{
  human: "user", customer: "user", end_user: "user",
  ai: "assistant", bot: "assistant", chatbot: "assistant", model: "assistant",
  function: "tool"
} as $roles

| def given: select(. != null and . != "");
  def without_nulls: with_entries(select(.value != null));

  map(select(.conversation_id | given))
  | group_by(.conversation_id)[]
  | sort_by(.created_at)
  | {
      conversation_id: (.[0].conversation_id | tostring),
      user_id: ([.[].user_id | given | tostring] | first),
      timestamp: ([.[].created_at | given] | first),
      messages: [
        .[]
        | .content |= ((. // "") | tostring | gsub("\u0000"; ""))
        | select(.content | test("\\S"))
        | (.role | ascii_downcase) as $role
        | { role: ($roles[$role] // $role), content, timestamp: (.created_at | if . == "" then null else . end) }
        | without_nulls
      ]
    }
  | without_nulls
  | select(any(.messages[]; .role == "user"))
