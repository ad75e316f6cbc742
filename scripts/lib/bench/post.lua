-- For wrk: bills with bodies of their own, each under a key of its own.
local thread = 0
local number = 0

function setup(one)
  one:set("id", thread)
  thread = thread + 1
end

function request()
  number = number + 1
  local name = id .. "-" .. number
  local body = '{"external_reference":"W' .. name .. '","currency":"ZAR","amount_due":' .. (1000 + number % 90000)
    .. ',"bill_date":"2026-01-02","due_date":"2026-02-01","account":{"external_reference":"A' .. name
    .. '","customer":{"external_reference":"C' .. name .. '","name":"Thandi Molefe"}}}'
  return wrk.format("POST", "/billing/bills", {
    ["Authorization"] = "Bearer sk_test_sandbox",
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "w-" .. name,
  }, body)
end
