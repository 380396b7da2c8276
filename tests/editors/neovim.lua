-- tests/editors.rs runs this in Neovim without a window. It prints what Neovim shows.
local function say(words)
  io.stdout:write(words .. "\n")
end

vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, one in ipairs(vim.diagnostic.get(0)) do
  say("diagnostic: " .. tostring(one.code) .. " in columns " .. one.col .. " to " .. one.end_col)
end
vim.api.nvim_win_set_cursor(0, { 1, 12 })
local place = vim.lsp.util.make_position_params()
for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/hover", place, 30000) or {}) do
  say("hover: " .. answer.result.contents.value:gsub("\n", " "))
end
-- The words of the other draft: nothing differs then.
local line = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
vim.api.nvim_buf_set_lines(0, 0, 1, false, { (line:gsub("south", "north")) })
local mended = vim.wait(30000, function() return #vim.diagnostic.get(0) == 0 end, 50)
say("after the edit: " .. (mended and "nothing" or "still something"))
vim.cmd("qa!")
