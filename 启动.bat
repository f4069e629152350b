@echo off
rem Double-click: finds Python and starts the demonstration.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"

set "PYTHON=py -3"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto found
set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto found

echo 没有找到 Python 3.11 或更新的版本。
echo 请从学校软件中心或 Python 官方网站下载 Windows 安装包，不需要管理员权限。
echo 安装时勾选“Add python.exe to PATH”，装好后再双击本文件。
echo.
pause
exit /b 1

:found
if not "%~1"=="" goto words
%PYTHON% run.py demo
goto end

:words
%PYTHON% run.py %*

:end
set "CODE=%ERRORLEVEL%"
echo.
pause
exit /b %CODE%
