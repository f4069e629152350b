@echo off
rem Calls donflow as the printed commands do: donflow gift show 17
chcp 65001 >nul
set PYTHONUTF8=1
where py >nul 2>nul && (py -3 "%~dp0run.py" %* & exit /b)
python "%~dp0run.py" %*
